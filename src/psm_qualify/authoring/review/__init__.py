"""What a careful reader would ask about a pack that loads, beyond what keeps it from working."""
