"""What officers do with applications, beside deciding on them: who looks at which, what they note, whom they choose."""
