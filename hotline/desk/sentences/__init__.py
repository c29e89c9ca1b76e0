"""What events and notices say to a person, each subject in its own file."""
