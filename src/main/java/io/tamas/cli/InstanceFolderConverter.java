package io.tamas.cli;

import io.tamas.ops.InstanceFolder;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// The folder of an instance as it was given: one that has a name and is no file.
final class InstanceFolderConverter implements ITypeConverter<Path> {
  @Override
  public Path convert(String given) {
    try {
      return InstanceFolder.requirePossible(Path.of(given).toAbsolutePath().normalize());
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
