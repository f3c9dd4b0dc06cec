package io.tamas.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// The folder of an instance as it was given: one that has a name and is no file. An empty one,
/// such as of a variable that is not set, would be the current folder.
final class InstanceFolderConverter implements ITypeConverter<Path> {
  @Override
  public Path convert(String given) {
    if (given.isBlank()) {
      throw new TypeConversionException("must name a folder");
    }
    Path folder = Path.of(given).toAbsolutePath().normalize();
    if (folder.getFileName() == null) {
      throw new TypeConversionException(folder + " cannot be an instance: name a folder in it");
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new TypeConversionException(folder + " is a file: name a folder");
    }
    return folder;
  }
}
