"""Style: colours, typefaces, the chart theme and the dot motif."""
