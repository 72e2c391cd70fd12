"""What a living review knows of itself: sentences whose ground is gone, its status, the strength of its grounds."""
