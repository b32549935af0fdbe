"""Search among the articles, on the page itself: nothing asked leaves the machine, nothing asked is kept."""
