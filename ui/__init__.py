"""What the pages share on screen: the reader's choices, cached reading, headings, charts with their table and source."""
