"""What a chart shows, before any tool draws it: frozen dataclasses of plain values, with every text ready and every run decided."""
