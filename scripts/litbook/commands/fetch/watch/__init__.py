"""Ask services for notices: retractions, withdrawals, concerns and corrections of the papers of a review."""
