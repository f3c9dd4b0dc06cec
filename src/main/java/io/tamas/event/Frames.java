package io.tamas.event;

import java.io.ByteArrayOutputStream;

/// What a client receives, message after message, as bytes.
final class Frames {
  private final Viewer viewer;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long told = -1;
  private long doubtFrom = -1;
  private long doubtTo;

  Frames(Viewer viewer) {
    this.viewer = viewer;
  }

  /// @param open as [Frame#open] wrote it
  void add(long id, byte[] open, Audience audience) {
    if (viewer.isInDoubt(audience)) {
      doubtFrom = doubtFrom < 0 ? id : doubtFrom;
      doubtTo = id;
    } else if (viewer.includes(audience)) {
      tellDoubt();
      write(id, open);
    }
  }

  /// @param place where the client continues after it
  void addGap(long from, long to, long place) {
    tellDoubt();
    write(place, Frame.open(new Message.Gap(from, to)));
  }

  private void tellDoubt() {
    if (doubtFrom >= 0) {
      write(doubtTo, Frame.open(new Message.Gap(doubtFrom, doubtTo)));
      doubtFrom = -1;
    }
  }

  private void write(long id, byte[] open) {
    bytes.writeBytes(Frame.of(open, Resume.cursor(id, viewer)));
    told = id;
  }

  int size() {
    return bytes.size();
  }

  /// Nothing can be added any more.
  byte[] end() {
    tellDoubt();
    return bytes.toByteArray();
  }

  /// The id of the last message; -1 before the first.
  long told() {
    return told;
  }
}
