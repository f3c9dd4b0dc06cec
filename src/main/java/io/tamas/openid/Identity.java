package io.tamas.openid;

import java.util.Optional;

/// Who has signed in at the issuer.
///
/// @param subject by which the issuer knows them, forever
/// @param email that the issuer has verified
public record Identity(String subject, Optional<String> email) {}
