"""What goes wrong round a batch: kills, disks, files that change, and bad files among good ones."""
