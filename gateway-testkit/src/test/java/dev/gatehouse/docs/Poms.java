package dev.gatehouse.docs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Which versions the poms name. */
final class Poms {
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([\\w.-]+)}");

  private Poms() {}

  /** What an application adds to its pom, with the versions that we build with. */
  static String dependencies() {
    Map<String, String> versions = versions(Repository.file("pom.xml"));
    return "```xml\n"
        + dependency(versions, "dev.gatehouse:gateway-api", "")
        + dependency(versions, "dev.gatehouse:gateway-http-apache", "runtime")
        + dependency(versions, "org.hibernate.validator:hibernate-validator", "runtime")
        + dependency(versions, "org.slf4j:slf4j-simple", "runtime")
        + dependency(versions, "dev.gatehouse:gateway-testkit", "")
        + "```\n";
  }

  /** The version of every dependency and plugin that has one, by {@code group:artifact}. */
  static Map<String, String> versions(Path pom) {
    Document document = read(pom);
    Map<String, String> versions = new TreeMap<>();
    for (String kind : new String[] {"dependency", "plugin"}) {
      NodeList elements = document.getElementsByTagName(kind);
      for (int i = 0; i < elements.getLength(); i++) {
        Element element = (Element) elements.item(i);
        String version = child(element, "version");
        if (!version.isEmpty()) {
          versions.put(
              child(element, "groupId") + ":" + child(element, "artifactId"),
              resolved(document, version));
        }
      }
    }
    return versions;
  }

  /** The text of the first child of that name; empty if there is none. */
  static String child(Element element, String name) {
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeName().equals(name)) {
        return node.getTextContent().strip();
      }
    }
    return "";
  }

  static Document read(Path pom) {
    try {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException(pom + " can't be read", e);
    }
  }

  private static String resolved(Document document, String version) {
    Matcher property = PROPERTY.matcher(version);
    if (!property.matches()) {
      return version;
    }
    return property.group(1).equals("project.version")
        ? child(document.getDocumentElement(), "version")
        : document.getElementsByTagName(property.group(1)).item(0).getTextContent();
  }

  private static String dependency(Map<String, String> versions, String name, String scope) {
    String version = versions.get(name);
    if (version == null) {
      throw new IllegalStateException("the root pom has no version of " + name);
    }
    String[] parts = name.split(":");
    return "<dependency>\n"
        + ("  <groupId>" + parts[0] + "</groupId>\n")
        + ("  <artifactId>" + parts[1] + "</artifactId>\n")
        + ("  <version>" + version + "</version>\n")
        + (scope.isEmpty() ? "" : "  <scope>" + scope + "</scope>\n")
        + "</dependency>\n";
  }
}
