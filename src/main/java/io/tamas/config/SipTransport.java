package io.tamas.config;

/// By what SIP is carried.
public enum SipTransport {
  UDP,
  TCP,
  TLS
}
