package io.tamas.ops;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Why a file or a folder cannot be used, in words for users: Java's name the file only, or the
/// class.
public final class FileFault {
  private FileFault() {}

  /// With the name of the file, if the fault has one.
  public static String text(IOException fault) {
    return fault instanceof FileSystemException named
        ? named.getFile() + ": " + why(named)
        : why(fault);
  }

  public static String why(IOException fault) {
    return switch (fault) {
      case NoSuchFileException _ -> "there is no such file or folder";
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "it is not a folder";
      case FileSystemException named when named.getReason() != null -> named.getReason();
      default -> String.valueOf(fault.getMessage());
    };
  }
}
