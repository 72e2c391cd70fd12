"""Results by the models that they were found with."""
