"""Parts of pages that show a case: clocks, states, rates, dates."""
