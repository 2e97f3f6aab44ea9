"""What a chart shows, before any tool draws it: plain values, every text ready, every run decided."""
