package io.tamas.ops;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;

/// Certificate authorities in a folder in which OpenSSL finds them by the hash of their subject, as
/// `openssl rehash` makes it: of a file of authorities, a server would send the names of all to
/// each client, as those from which it wants a certificate.
final class TrustedFolder {
  private TrustedFolder() {}

  /// Replaces what is in the folder.
  static void write(Path folder, List<X509Certificate> authorities) throws IOException {
    PrivateFiles.folder(folder);
    try (Stream<Path> old = Files.list(folder)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    Map<String, List<X509Certificate>> bySubject = new HashMap<>();
    for (X509Certificate authority : authorities) {
      bySubject.computeIfAbsent(hash(authority), _ -> new ArrayList<>()).add(authority);
    }
    for (var same : bySubject.entrySet()) {
      for (int n = 0; n < same.getValue().size(); n++) {
        PrivateFiles.write(
            folder.resolve(same.getKey() + "." + n), Pem.text(List.of(same.getValue().get(n))));
      }
    }
  }

  /// `X509_NAME_hash` of OpenSSL: the first four bytes, in reverse, of the SHA-1 of the subject,
  /// whose texts are in lower case, without spaces around them and with single ones in them.
  static String hash(X509Certificate certificate) throws IOException {
    ByteArrayOutputStream canonical = new ByteArrayOutputStream();
    X500Name subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    for (RDN part : subject.getRDNs()) {
      canonical.write(canonical(part).getEncoded(ASN1Encoding.DER));
    }
    byte[] digest = sha1(canonical.toByteArray());
    return String.format(
        Locale.ROOT, "%02x%02x%02x%02x", digest[3], digest[2], digest[1], digest[0]);
  }

  private static DERSet canonical(RDN part) {
    return new DERSet(
        Stream.of(part.getTypesAndValues())
            .map(one -> new DERSequence(new ASN1Encodable[] {one.getType(), value(one)}))
            .toArray(ASN1Encodable[]::new));
  }

  private static ASN1Encodable value(AttributeTypeAndValue one) {
    return one.getValue() instanceof ASN1String text
        ? new DERUTF8String(lowerCase(text.getString().strip().replaceAll("[ \t\n\f\r]+", " ")))
        : one.getValue();
  }

  /// Only of ASCII.
  private static String lowerCase(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      lower.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
    }
    return lower.toString();
  }

  private static byte[] sha1(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
