"""Forms that officers fill at the desk."""
