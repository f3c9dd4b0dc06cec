package io.tamas.ops;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/// Certificates and private keys as text (RFC 7468). No message contains anything of a key.
final class Pem {
  private static final long LARGEST = 1 << 20;

  private Pem() {}

  /// All certificates of a file, in its order.
  ///
  /// @param option that named the file, for messages
  /// @throws IOException with a message for users
  static List<X509Certificate> certificates(String option, Path file) throws IOException {
    List<X509Certificate> found = new ArrayList<>();
    for (Object object : objects(option, file)) {
      if (object instanceof X509CertificateHolder holder) {
        try {
          found.add(new JcaX509CertificateConverter().getCertificate(holder));
        } catch (CertificateException e) {
          throw new IOException(option + ": a certificate in " + file + " cannot be read", e);
        }
      }
    }
    if (found.isEmpty()) {
      throw new IOException(option + ": there is no certificate (PEM) in " + file);
    }
    return List.copyOf(found);
  }

  /// The private key of a file: PKCS #8, or the older forms of OpenSSL.
  static PrivateKey key(String option, Path file) throws IOException {
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    Optional<PrivateKey> found = Optional.empty();
    for (Object object : objects(option, file)) {
      switch (object) {
        case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ ->
            throw new IOException(
                option + ": the key in " + file + " is encrypted: give it without passphrase");
        case PEMKeyPair pair ->
            found = Optional.of(converter.getPrivateKey(pair.getPrivateKeyInfo()));
        case PrivateKeyInfo info -> found = Optional.of(converter.getPrivateKey(info));
        default -> {} // such as the parameters of a curve
      }
    }
    return found.orElseThrow(
        () -> new IOException(option + ": there is no private key (PEM) in " + file));
  }

  private static List<Object> objects(String option, Path file) throws IOException {
    List<Object> objects = new ArrayList<>();
    if (Files.exists(file) && Files.size(file) > LARGEST) {
      throw new IOException(option + ": " + file + " is larger than " + LARGEST + " bytes");
    }
    try (Reader reader = Files.newBufferedReader(file);
        PEMParser parser = new PEMParser(reader)) {
      for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
        objects.add(object);
      }
    } catch (FileSystemException e) {
      throw new IOException(option + ": " + file + " cannot be read: " + FileFault.why(e), e);
    } catch (IOException | IllegalArgumentException e) {
      // its message may quote what it could not read: possibly a key
      throw new IOException(option + ": " + file + " is not PEM");
    }
    return objects;
  }

  static String text(List<X509Certificate> certificates) throws IOException {
    return text(certificates.toArray());
  }

  static String text(PrivateKey key) throws IOException {
    return text(new JcaPKCS8Generator(key, null));
  }

  private static String text(Object... objects) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      for (Object object : objects) {
        writer.writeObject(object);
      }
    }
    return text.toString();
  }
}
