package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.testkit.conformance.Check;
import dev.gatehouse.testkit.conformance.Group;
import dev.gatehouse.testkit.conformance.Judgement;
import dev.gatehouse.testkit.conformance.Judgement.Standing;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The report as build servers read it: JUnit's XML, a suite for each group. */
final class XmlReport {
  private static final int MILLIS = 3;

  private final XMLStreamWriter xml;

  private XmlReport(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static String of(Report report) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      new XmlReport(xml).write(report);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("the report can't be written as XML", e);
    }
    return text.toString();
  }

  private void write(Report report) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    start("testsuites", "name", "conformance of " + report.gateway().words());
    counts(report.judgements());
    for (Map.Entry<Group, List<Judgement>> group : report.byGroup().entrySet()) {
      start("testsuite", "name", group.getKey().title());
      attribute("timestamp", report.begin().toString());
      counts(group.getValue());
      for (Judgement judgement : group.getValue()) {
        test(report, judgement);
      }
      end();
    }
    end();
    xml.writeEndDocument();
  }

  private void counts(List<Judgement> judgements) throws XMLStreamException {
    attribute("tests", String.valueOf(judgements.size()));
    attribute("failures", count(judgements.stream().filter(Judgement::isFatal)));
    attribute("errors", "0");
    attribute("skipped", count(judgements.stream().filter(XmlReport::isSkipped)));
    Duration took =
        judgements.stream().map(j -> j.result().took()).reduce(Duration.ZERO, Duration::plus);
    attribute("time", seconds(took));
  }

  private static String count(Stream<Judgement> judgements) {
    return String.valueOf(judgements.count());
  }

  private static boolean isSkipped(Judgement judgement) {
    return switch (judgement.standing()) {
      case NOT_VERIFIED, WAIVED, WARNED -> true;
      case PASSED, REFUSED_AS_DECLARED, FAILED -> false;
    };
  }

  private void test(Report report, Judgement judgement) throws XMLStreamException {
    Check check = judgement.result().check();
    start("testcase", "name", check.id() + " " + check.rule());
    attribute("classname", report.gateway().id() + "." + Selection.key(check.group()));
    attribute("time", seconds(judgement.result().took()));
    String standing = Told.of(judgement.standing());
    if (judgement.isFatal()) {
      start("failure", "message", first(Told.seen(judgement)));
      attribute("type", check.level().name());
      xml.writeCharacters(clean(judgement.explanation()));
      end();
    } else if (isSkipped(judgement)) {
      String reason =
          judgement
              .waiver()
              .map(w -> " until " + w.until() + ": " + w.reason())
              .orElse(": " + Told.seen(judgement));
      start("skipped", "message", standing + reason);
      end();
    } else if (judgement.standing() == Standing.REFUSED_AS_DECLARED) {
      xml.writeStartElement("system-out");
      xml.writeCharacters(clean(standing + ": " + Told.seen(judgement)));
      end();
    }
    end();
  }

  private static String first(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String seconds(Duration took) {
    return BigDecimal.valueOf(took.toMillis(), MILLIS).toPlainString();
  }

  private void start(String element, String attribute, String value) throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeStartElement(element);
    attribute(attribute, value);
  }

  private void end() throws XMLStreamException {
    xml.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, clean(value));
  }

  /** XML has no way to write most control characters, and gateways answer anything. */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints().map(c -> isXml(c) ? c : 0xFFFD).forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
