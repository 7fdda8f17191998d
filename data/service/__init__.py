"""What the running dashboard does besides showing pages: it runs commands for other processes, and takes backups."""
