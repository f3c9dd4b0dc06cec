package io.tamas.call.recording;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.tamas.call.record.RecordingId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Joins the segments of a recording into one file once its call has ended, in the order in which
/// they were spoken: those of a call that was joined come last by number, and two that were
/// recorded one after the other may be closed at the same moment.
///
/// The joined file gets its name when it is complete, and the segments are deleted after that: a
/// process that dies in between leaves what the next one needs to finish.
final class Segments {
  private static final Logger log = LoggerFactory.getLogger(Segments.class);

  private final Recordings recordings;

  /// @param startedAt of its first audio; Asterisk closes the file after the last
  private record Segment(Path path, Instant startedAt) {
    static Segment of(Path path, Duration duration) throws IOException {
      return new Segment(path, Files.getLastModifiedTime(path).toInstant().minus(duration));
    }
  }

  Segments(Recordings recordings) {
    this.recordings = recordings;
  }

  /// @param overdue whether segments that are still incomplete are omitted
  /// @return whether the recording is one file now; otherwise a segment is still being written
  boolean join(RecordingId id, boolean overdue) throws IOException {
    Path joined = recordings.joined(id);
    if (!Files.exists(joined)) {
      if (recordings.segments(id) == 1) {
        return true;
      }
      List<Segment> complete = new ArrayList<>();
      if (!collect(id, overdue, complete)) {
        return false;
      }
      if (complete.isEmpty()) {
        return true;
      }
      complete.sort(Comparator.comparing(Segment::startedAt));
      write(complete.stream().map(Segment::path).toList(), joined);
    }
    finish(id, joined);
    return true;
  }

  private boolean collect(RecordingId id, boolean overdue, List<Segment> complete)
      throws IOException {
    for (int number = 1; number <= recordings.segments(id); number++) {
      Path segment = recordings.segment(id, number);
      switch (WavFile.read(segment, overdue)) {
        case WavFile.Complete file -> complete.add(Segment.of(segment, file.duration()));
        case WavFile.Missing _, WavFile.Empty _ -> {}
        case WavFile.Broken(String reason) -> {
          if (!overdue) {
            return false;
          }
          log.atWarn()
              .addKeyValue("recording", id)
              .addKeyValue("segment", number)
              .addKeyValue("reason", reason)
              .log("segment omitted from its recording");
        }
      }
    }
    return true;
  }

  private static void write(List<Path> segments, Path joined) throws IOException {
    Path fresh = joined.resolveSibling(joined.getFileName() + ".new");
    try (FileChannel channel =
            FileChannel.open(
                fresh,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      out.write(header(segments));
      for (Path segment : segments) {
        try (var in = Files.newInputStream(segment)) {
          in.skipNBytes(WavFile.HEADER);
          in.transferTo(out);
        }
      }
      channel.force(true);
    }
    Files.move(fresh, joined, ATOMIC_MOVE, REPLACE_EXISTING);
  }

  /// The header of the first segment, with the size of all of them.
  private static byte[] header(List<Path> segments) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(WavFile.HEADER).order(ByteOrder.LITTLE_ENDIAN);
    long audio = 0;
    for (Path segment : segments.reversed()) {
      audio += Files.size(segment) - WavFile.HEADER;
      try (var in = Files.newInputStream(segment)) {
        header.put(0, in.readNBytes(WavFile.HEADER));
      }
    }
    return header
        .putInt(WavFile.RIFF_SIZE, (int) (audio + WavFile.HEADER - 8))
        .putInt(WavFile.DATA_SIZE, (int) audio)
        .array();
  }

  private void finish(RecordingId id, Path joined) throws IOException {
    for (int number = recordings.segments(id); number > 1; number--) {
      Files.deleteIfExists(recordings.segment(id, number));
    }
    Files.move(joined, recordings.file(id), ATOMIC_MOVE, REPLACE_EXISTING);
  }
}
