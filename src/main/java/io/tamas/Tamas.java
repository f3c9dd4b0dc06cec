package io.tamas;

/// The command line of Tamas.
public final class Tamas {
  private Tamas() {}

  public static void main(String[] args) {
    System.out.println("Tamas");
  }
}
