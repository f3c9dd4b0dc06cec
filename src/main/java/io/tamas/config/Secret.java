package io.tamas.config;

/// A value that must not be disclosed: printed as stars wherever it appears by mistake.
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "****";
  }
}
