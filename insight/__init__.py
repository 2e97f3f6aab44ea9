"""What the figures say: pure functions over data frames. Reads the warehouse; never imports ``etl``."""
