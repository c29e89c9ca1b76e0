"""What a unit does with its task: contact, reply, opinion, return, more time, signing off."""
