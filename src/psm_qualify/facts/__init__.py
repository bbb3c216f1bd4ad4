"""What a fact is and how a cell is read: intervals, field types, readers."""
