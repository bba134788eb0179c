"""The pages of the door: for devices, known by their token, and for officers who may guard it."""
