"""What one can do with records, each as one verb in the caller's transaction."""
