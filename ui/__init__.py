"""What the pages share on screen: the reader's selection, cached reading, headings, charts with their table and source."""
