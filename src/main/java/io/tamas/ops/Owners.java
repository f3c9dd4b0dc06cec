package io.tamas.ops;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Gives the files of an instance to the users of [LeastRights], so that each reads only what it
/// needs: Asterisk its own folder, Tamas its state and its configuration, both the journal,
/// recordings, prompts and mailboxes; secrets and database remain root's.
public final class Owners {
  private final Path data;
  private final LeastRights rights;

  /// Who a folder and all below it belong to.
  ///
  /// @param folders the mode of folders; the set-group-ID bit makes what is created in them belong
  ///   to the group
  private record Share(int owner, int group, int folders, int files) {}

  Owners(Path data, LeastRights rights) {
    this.data = data;
    this.rights = rights;
  }

  /// What is to be told if files of an earlier version, which are root's, will change their owners.
  ///
  /// @param data the folder of the instance
  public static Optional<String> change(Path data) throws IOException {
    Optional<LeastRights> rights = LeastRights.of(data);
    if (rights.isEmpty()
        || !belongs(data.resolve("asterisk/lib"), 0)
        || !Files.exists(data.resolve("asterisk/lib/astdb.sqlite3"))) {
      return Optional.empty();
    }
    return Optional.of(
        "files of root in %s now belong to users of their own: %d (Asterisk), %d (Tamas)"
            .formatted(data, rights.get().asterisk(), rights.get().tamas()));
  }

  /// Before each start of Asterisk.
  void prepareForAsterisk() throws IOException {
    Share own = new Share(rights.asterisk(), rights.group(), 0700, 0600);
    Share common = new Share(rights.asterisk(), rights.group(), 02770, 0660);
    root(data);
    root(data.resolve("logs"));
    for (Path folder : folders(data.resolve("asterisk"))) {
      // Tamas reads the journal meanwhile
      if (!folder.endsWith("log")) {
        give(folder, own);
      }
    }
    Share passed = new Share(rights.asterisk(), rights.group(), 0710, 0600);
    set(data.resolve("asterisk"), passed);
    set(data.resolve("asterisk/log"), passed);
    give(data.resolve("asterisk/log/cel-custom"), common);
    mode(data.resolve("asterisk/hosts"), 0644);
    mode(data.resolve("asterisk/resolv.conf"), 0644);
    log(data.resolve("logs/asterisk.log"));
    log(data.resolve("logs/asterisk-notices.log"));
    readable(data.resolve("pjsip.local.conf"));
    once(data.resolve("recordings"), common);
    once(data.resolve("mailboxes"), common);
    once(data.resolve("prompts"), new Share(rights.tamas(), rights.group(), 02750, 0640));
  }

  /// Before each start of Tamas.
  void prepareForTamas() throws IOException {
    Share own = new Share(rights.tamas(), rights.group(), 0700, 0600);
    root(data);
    give(data.resolve("state"), own);
    set(data.resolve("tamas.yaml"), own);
    Path tls = data.resolve("tls");
    if (Files.exists(tls)) {
      // the key of the authority beside them remains root's alone
      root(tls);
      CertificateFiles files = CertificateFiles.in(tls);
      readable(files.certificate());
      readable(files.key());
    }
  }

  /// Root's, but others of the group may pass.
  private void root(Path folder) throws IOException {
    set(folder, new Share(0, rights.group(), 0710, 0600));
  }

  /// Asterisk opens it by its name.
  private void log(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    set(file, new Share(rights.asterisk(), rights.group(), 0700, 0600));
  }

  /// By both, and changed by root only.
  private void readable(Path file) throws IOException {
    if (Files.exists(file)) {
      Files.setAttribute(file, "unix:gid", rights.group());
      mode(file, 0640);
    }
  }

  private static List<Path> folders(Path in) throws IOException {
    try (Stream<Path> all = Files.list(in)) {
      return all.filter(one -> Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS)).toList();
    }
  }

  private static boolean belongs(Path path, int owner) throws IOException {
    return Files.exists(path) && Files.getAttribute(path, "unix:uid").equals(owner);
  }

  /// There may be many files: only if the folder itself, which is the last, is not done.
  private static void once(Path folder, Share share) throws IOException {
    if (!belongs(folder, share.owner())) {
      give(folder, share);
    }
  }

  private static void give(Path folder, Share share) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException fault)
              throws IOException {
            if (fault != null) {
              throw fault;
            }
            set(visited, share);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              set(file, share);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /// Links are not followed: whoever may write in a folder could put one there.
  private static void set(Path path, Share share) throws IOException {
    Files.setAttribute(path, "unix:uid", share.owner(), LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", share.group(), LinkOption.NOFOLLOW_LINKS);
    mode(
        path, Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? share.folders() : share.files());
  }

  private static void mode(Path path, int mode) throws IOException {
    Files.setAttribute(path, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
  }

  /// Moves a file of an earlier version, which was beside the folder.
  static void moveInto(Path folder, String name) throws IOException {
    Path old = folder.resolveSibling(name);
    if (Files.exists(old)) {
      Files.move(old, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
