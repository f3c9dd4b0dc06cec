package io.tamas.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Why a file or a folder cannot be used, in words for users: Java's name the file only, or the
/// class.
public final class FileFault {
  private FileFault() {}

  public static String text(IOException fault) {
    return switch (fault) {
      case NoSuchFileException e -> e.getFile() + " can neither be found nor made";
      case AccessDeniedException e -> e.getFile() + ": permission denied";
      case FileAlreadyExistsException e -> e.getFile() + " is not a folder";
      case FileSystemException e when e.getReason() != null -> e.getFile() + ": " + e.getReason();
      default -> String.valueOf(fault.getMessage());
    };
  }
}
