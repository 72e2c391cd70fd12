"""What an abstract says of a study, in any field."""
