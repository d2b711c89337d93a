package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.Problem;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The report of a run that could not begin: a build server finds why, and no earlier run's report.
 *
 * @param gateway the id that was asked for
 * @param time when
 * @param problems why
 */
record NotBegun(String gateway, Instant time, List<Problem> problems) {
  private static final String SENTENCE = "The run could not begin, and nothing was checked.";

  static NotBegun of(String gateway, Instant time, RuntimeException why) {
    return new NotBegun(
        gateway,
        time,
        why instanceof GatehouseException known
            ? known.problems()
            : List.of(Failures.unforeseen(why)));
  }

  void write(ReportFolder folder) {
    folder.write("report.json", text(json().put("fit", false).put("whole", false)));
    folder.write("report.xml", xml());
    folder.write("report.html", html());
  }

  void writeOfSimulation(ReportFolder folder) {
    folder.write("simulation.json", text(json().put("fine", false)));
    folder.write("simulation.txt", SENTENCE + "\n" + words() + "\n");
  }

  private String words() {
    return problems.stream().map(Problem::describe).collect(Collectors.joining("\n"));
  }

  private ObjectNode json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("format", JsonReport.FORMAT);
    root.putObject("kit").put("name", "Gatehouse testkit").put("version", ConformanceCli.version());
    root.putObject("gateway").put("id", gateway);
    root.put("time", time.toString());
    root.put("sentence", SENTENCE);
    ArrayNode all = root.putArray("problems");
    for (Problem problem : problems) {
      all.addObject()
          .put("field", problem.field())
          .put("code", problem.code())
          .put("message", problem.message())
          .put("remedy", problem.remedy());
    }
    root.putArray("checks");
    return root;
  }

  private static String text(ObjectNode root) {
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private String xml() {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      suite(xml, "testsuites", "conformance of " + gateway);
      suite(xml, "testsuite", "The run");
      xml.writeStartElement("testcase");
      xml.writeAttribute("name", "The run begins");
      xml.writeAttribute("classname", XmlReport.clean(gateway));
      xml.writeStartElement("error");
      xml.writeAttribute("message", SENTENCE);
      xml.writeCharacters(XmlReport.clean(words()));
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("the report can't be written as XML", e);
    }
    return text.toString();
  }

  private static void suite(XMLStreamWriter xml, String element, String name)
      throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeAttribute("name", XmlReport.clean(name));
    xml.writeAttribute("tests", "1");
    xml.writeAttribute("failures", "0");
    xml.writeAttribute("errors", "1");
    xml.writeAttribute("skipped", "0");
  }

  private String html() {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>"
        + HtmlReport.escaped("Conformance of " + gateway)
        + "</title>\n<style>\n"
        + HtmlReport.style()
        + "</style>\n</head>\n<body>\n<header>\n<p class=\"kit\">Gatehouse conformance report</p>"
        + "\n<h1>"
        + HtmlReport.escaped(gateway)
        + "</h1>\n<p class=\"verdict bad\"><strong>Not proven</strong> "
        + SENTENCE
        + "</p>\n</header>\n<main>\n<pre>"
        + HtmlReport.escaped(words())
        + "</pre>\n</main>\n</body>\n</html>\n";
  }
}
