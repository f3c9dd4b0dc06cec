package io.tamas.company;

import io.tamas.company.Company.Part;

/// A part with its version: that of the company when the part was changed last.
public record Stored(Part part, long version) {}
