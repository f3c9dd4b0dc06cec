package io.tamas.lab;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Secret;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Tamas, as the lab uses it: where extensions, trunks and routes are entered, and what may happen
/// to it.
public interface Office extends AutoCloseable {

  /// Makes an extension and returns the password of its phone, once Asterisk knows it.
  Secret extension(String number, String name, boolean recorded);

  /// The same, without waiting for Asterisk.
  Secret newExtension(String number, String name, boolean recorded);

  /// What Tamas has sent to an e-mail address, the oldest first.
  List<MimeMessage> mailsTo(String address);

  /// The SMS that Tamas has sent to a mobile phone (E.164), the oldest first.
  List<String> textsTo(String mobile);

  /// Makes a trunk: calls from this address are its calls.
  void trunk(String name, String address, String fallback);

  /// Makes a trunk on which calls go out to a server (`host:port`).
  ///
  /// @param more such as `callerId`, the number that is shown
  void trunk(String name, String address, String fallback, String server, Map<String, Object> more);

  /// Routes calls to a number of a trunk to a destination, such as `extension:101`.
  void route(String trunk, String number, String destination, Duration ring, boolean recorded);

  /// The same, with more options of the route, such as its `schedule`.
  void route(String trunk, String number, String destination, Map<String, Object> more);

  /// Makes a group of extensions and returns its destination.
  String ringAll(List<String> extensions, Duration ring);

  /// Makes a group whose extensions ring one after the other, and returns its destination.
  String ringInOrder(List<String> extensions, Duration ring);

  /// Makes an announcement of a sound of Asterisk and returns its destination.
  String announcement(String sound);

  /// Makes a part of the company, such as a menu (`menus`), under a new name, and returns that.
  String part(String kind, Map<String, Object> fields);

  /// Uploads the audio of a prompt in a language, a WAV file.
  void audio(String prompt, String language, byte[] wav);

  /// Sets fields of an extension.
  void says(String extension, Map<String, Object> fields);

  /// Makes a profile of a person who calls from this number.
  void profile(String name, String number);

  /// The address of a path below `/api/v1`.
  URI address(String path);

  /// The key with all rights.
  String key();

  /// What REST answers to a path below `/api/v1`.
  JsonNode get(String path);

  /// What REST answers to a request below `/api/v1`; anything but success fails the test.
  JsonNode send(String method, String path, Map<String, Object> body);

  /// The same, with another API key.
  JsonNode send(String key, String method, String path, Map<String, Object> body);

  /// What REST answers to a request for a file below `/api/v1`, whatever its status.
  ///
  /// @param headers names and values in turn
  HttpResponse<byte[]> download(String path, String... headers);

  /// What the management port answers, such as to `/metrics`.
  HttpResponse<String> manage(String path);

  /// Where the management port is.
  URI management();

  /// A connection with which dashboards read the database.
  Connection reports() throws SQLException;

  /// Subscribes to the events.
  ///
  /// @param query such as `?after=17`
  ReceivedEvents events(String query);

  /// The same with the key of somebody.
  ReceivedEvents events(String key, String query);

  /// What runs, by name.
  Map<String, ProcessHandle> processes();

  /// How many bytes of the journal are stored.
  long journalBytes();

  /// The ids of ended calls whose record differs from the one recomputed from the stored journal.
  List<String> recordsUnlikeTheJournal();

  /// At which it asks the name server of loopback.
  int nameServerPort();

  /// Whether it is ready, with all that it needs.
  boolean isReady();

  /// On which it connects to PostgreSQL.
  Link toDatabase();

  /// PostgreSQL stops, until the office recovers.
  void losesItsDatabase();

  /// Neither accepts calls from now on nor refuses them, as a process that was stopped (SIGSTOP).
  void freezes();

  /// Is gone: connections are refused.
  void dies();

  /// Works again after it was frozen or dead.
  void recovers();

  @Override
  void close();
}
