package io.tamas.company;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.tamas.company.Company.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files of the prompts, in the one folder that Asterisk sees. A file exists completely or not
/// at all.
public final class PromptStore {
  private static final String UNFINISHED = "new-";

  private final Path folder;

  public PromptStore(Path folder) {
    this.folder = folder;
  }

  /// Creates an audio file.
  @FunctionalInterface
  interface Maker {
    void make(Path out) throws SoundFault;
  }

  /// The file of that name, whether it exists or not.
  ///
  /// @param name as [PromptFiles] generates it
  Path file(String name) {
    if (!PromptFiles.isName(name)) {
      throw new IllegalArgumentException("not the name of a prompt's file");
    }
    return folder.resolve(name + PromptFiles.ENDING);
  }

  boolean has(String name) {
    return Files.isRegularFile(file(name));
  }

  /// Stores audio under the hash of its content, and returns that name.
  String put(Maker maker) throws SoundFault, IOException {
    return made(maker, fresh -> PromptFiles.sha256(Files.readAllBytes(fresh)));
  }

  /// Stores audio under that name.
  void put(String name, Maker maker) throws SoundFault, IOException {
    made(maker, _ -> name);
  }

  private interface Naming {
    String of(Path file) throws IOException;
  }

  private String made(Maker maker, Naming naming) throws SoundFault, IOException {
    Files.createDirectories(folder);
    Path fresh = folder.resolve(UNFINISHED + UUID.randomUUID() + PromptFiles.ENDING);
    try {
      maker.make(fresh);
      String name = naming.of(fresh);
      Files.move(fresh, file(name), ATOMIC_MOVE, REPLACE_EXISTING);
      return name;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /// Has a file, if there is one, count as modified.
  void touch(String name, Instant at) throws IOException {
    try {
      Files.setLastModifiedTime(file(name), FileTime.from(at));
    } catch (NoSuchFileException e) {
      // nothing to keep
    }
  }

  /// Deletes the files that have none of the names and were not modified since, and what a killed
  /// process left unfinished.
  void sweep(Set<String> names, Instant since) throws IOException {
    try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      for (Path file : files.filter(file -> isOurs(file, names)).toList()) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static boolean isOurs(Path file, Set<String> kept) {
    String name = file.getFileName().toString();
    return name.startsWith(UNFINISHED)
        || name.endsWith(PromptFiles.ENDING)
            && PromptFiles.isName(name.substring(0, name.length() - PromptFiles.ENDING.length()))
            && !kept.contains(name.substring(0, name.length() - PromptFiles.ENDING.length()));
  }

  /// Audio that the company refers to and that was not uploaded here.
  public List<CompanyFault> missing(Company company) {
    Faults missing = new Faults();
    Set<String> there = new HashSet<>();
    for (Prompt prompt : company.prompts()) {
      prompt
          .audio()
          .forEach((language, name) -> {
            if (!there.contains(name) && !has(name)) {
              missing
                  .of(prompt)
                  .breaks("/audio/" + language, "is not stored here: it has to be uploaded");
            } else {
              there.add(name);
            }
          });
    }
    return missing.all();
  }

  /// The texts that are synthesised, by the names of their files; audio takes precedence over them.
  static Map<String, Spoken> spoken(Company company) {
    return company.prompts().stream()
        .flatMap(prompt ->
            prompt.texts().entrySet().stream()
                .filter(text -> !prompt.audio().containsKey(text.getKey()))
                .map(text -> new Spoken(text.getKey(), text.getValue())))
        .distinct()
        .collect(Collectors.toMap(Spoken::name, spoken -> spoken, (one, _) -> one, HashMap::new));
  }

  record Spoken(String language, String text) {
    String name() {
      return PromptFiles.nameOf(language, text);
    }
  }
}
