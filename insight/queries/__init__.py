"""What can be asked of a warehouse: one function a question, each gives a data frame."""
