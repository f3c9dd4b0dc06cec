package io.tamas.crm.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// The elements of a part of a workbook, one by one. A document type, by which one could name files
/// and grow entities, is refused; none has one.
final class XmlElements implements AutoCloseable {
  private static final int DEEPEST = 64;
  private static final XMLInputFactory FACTORY = factory();

  private final InputStream in;
  private final XMLStreamReader reader;
  private int depth;

  private XmlElements(InputStream in, XMLStreamReader reader) {
    this.in = in;
    this.reader = reader;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    return factory;
  }

  static XmlElements of(InputStream in) throws IOException {
    try {
      return new XmlElements(in, FACTORY.createXMLStreamReader(in));
    } catch (XMLStreamException | RuntimeException e) {
      in.close();
      throw fault(e);
    }
  }

  /// Goes to the next start, end or text; false at the end.
  boolean next() {
    try {
      if (!reader.hasNext()) {
        return false;
      }
      switch (reader.next()) {
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw new UnreadableSheet("the workbook has a document type, which none has");
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        default -> {}
      }
      if (depth > DEEPEST) {
        throw XlsxParts.broken();
      }
      return true;
    } catch (XMLStreamException | RuntimeException e) {
      throw fault(e);
    }
  }

  /// What the library wraps is told as it is.
  private static RuntimeException fault(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnreadableSheet told) {
        return told;
      }
    }
    return XlsxParts.broken();
  }

  boolean isStart(String name) {
    return reader.getEventType() == XMLStreamConstants.START_ELEMENT
        && reader.getLocalName().equals(name);
  }

  boolean isEnd(String name) {
    return reader.getEventType() == XMLStreamConstants.END_ELEMENT
        && reader.getLocalName().equals(name);
  }

  /// The characters here; empty for anything but a text.
  String text() {
    return reader.isCharacters() || reader.getEventType() == XMLStreamConstants.CDATA
        ? reader.getText()
        : "";
  }

  /// An attribute by its name, in whatever namespace.
  Optional<String> attribute(String name) {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      if (reader.getAttributeLocalName(i).equals(name)) {
        return Optional.of(reader.getAttributeValue(i));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
