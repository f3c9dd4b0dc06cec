package io.tamas.company;

import io.tamas.company.Company.Part;

/// A part with its version: that of the company when the part was last changed.
public record Stored(Part part, long version) {}
