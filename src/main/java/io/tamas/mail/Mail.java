package io.tamas.mail;

import java.nio.file.Path;
import java.util.Optional;

/// One e-mail in plain text.
///
/// @param id of its `Message-ID`, without the host: the same when it is sent again, so that the
///   reader sees it once
/// @param to the address
/// @param attachment a WAV file
public record Mail(String id, String to, String subject, String text, Optional<Path> attachment) {}
