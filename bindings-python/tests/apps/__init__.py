"""What is built on the package: frameworks, the command, the examples."""
