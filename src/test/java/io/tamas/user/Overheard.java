package io.tamas.user;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/// What is logged meanwhile.
final class Overheard implements AutoCloseable {
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.tamas");
  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

  Overheard() {
    heard.start();
    logger.addAppender(heard);
  }

  boolean tells(String text) {
    return toString().contains(text);
  }

  @Override
  public String toString() {
    return List.copyOf(heard.list).stream()
        .map(event -> event.getFormattedMessage() + event.getKeyValuePairs())
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    logger.detachAppender(heard);
  }
}
