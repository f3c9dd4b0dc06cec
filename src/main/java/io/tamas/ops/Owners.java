package io.tamas.ops;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/// Gives the files of an instance to the users of [LeastRights], so that each reads only what it
/// needs: Asterisk its own folder, Tamas its state and its configuration, both the journal,
/// recordings and prompts; secrets and database remain root's.
final class Owners {
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

  /// Before each start of Asterisk. Returns whether files of an earlier start as root were changed.
  boolean prepareForAsterisk() throws IOException {
    Share own = new Share(rights.asterisk(), rights.group(), 0700, 0600);
    Share common = new Share(rights.asterisk(), rights.group(), 02770, 0660);
    boolean taken = !belongs(data.resolve("recordings"), rights.asterisk());
    root(data);
    root(data.resolve("logs"));
    root(data.resolve("asterisk"));
    give(data.resolve("asterisk"), own);
    set(data.resolve("asterisk"), new Share(rights.asterisk(), rights.group(), 0710, 0600));
    set(data.resolve("asterisk/log"), new Share(rights.asterisk(), rights.group(), 0710, 0600));
    give(data.resolve("asterisk/log/cel-custom"), common);
    mode(data.resolve("asterisk/hosts"), 0644);
    log(data.resolve("logs/asterisk.log"));
    readable(data.resolve("pjsip.local.conf"));
    if (taken) {
      give(data.resolve("recordings"), common);
      give(data.resolve("prompts"), new Share(rights.tamas(), rights.group(), 02750, 0640));
    }
    return taken;
  }

  /// Before each start of Tamas.
  void prepareForTamas() throws IOException {
    Share own = new Share(rights.tamas(), rights.group(), 0700, 0600);
    root(data);
    give(data.resolve("state"), own);
    set(data.resolve("tamas.yaml"), own);
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

  /// Written by the operator.
  private void readable(Path file) throws IOException {
    if (Files.exists(file)) {
      Files.setAttribute(file, "unix:gid", rights.group());
      mode(file, 0640);
    }
  }

  private static boolean belongs(Path path, int owner) throws IOException {
    return Files.exists(path) && Files.getAttribute(path, "unix:uid").equals(owner);
  }

  private static void give(Path folder, Share share) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes)
              throws IOException {
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
