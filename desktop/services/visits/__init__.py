"""Recording, correcting, signing, finding and showing visits."""
