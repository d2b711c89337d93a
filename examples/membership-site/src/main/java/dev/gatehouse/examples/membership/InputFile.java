package dev.gatehouse.examples.membership;

import dev.gatehouse.examples.membership.Located.Fields;
import dev.gatehouse.examples.membership.Located.Items;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON file that holds one list of objects, such as {@code {"plans": [{…}, {…}]}}. Read token by
 * token, because trees forget on which line a value stood.
 *
 * @param name how complaints call it
 * @param bytes what it holds
 */
record InputFile(String name, byte[] bytes) {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_ROWS = 1000;
  private static final int MAX_DEPTH = 8;

  /** A file that the user named. What can't be read is empty, and complained about. */
  static InputFile of(Path path, Complaints complaints) {
    String name = path.toString();
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > 0 && bytes.length <= MAX_BYTES) {
        return new InputFile(name, bytes);
      }
      String size = bytes.length == 0 ? "is empty" : "is larger than 1 MiB";
      complaints.add(name, "file.size", size, "give a list of a sensible length");
    } catch (NoSuchFileException e) {
      complaints.add(name, "file.missing", "does not exist", "check the path");
    } catch (IOException e) {
      complaints.add(name, "file.unreadable", "can't be read", "name a file that you may read");
    }
    return new InputFile(name, new byte[0]);
  }

  /** A file that is shipped with the example. */
  static InputFile shipped(String name) {
    try (InputStream in = InputFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + name);
      }
      return new InputFile(name, in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("the build broke " + name, e);
    }
  }

  /** The objects of the list; those that are malformed are left out, and complained about. */
  List<Row> rows(String list, Complaints complaints) {
    if (bytes.length == 0) {
      return List.of(); // Complained about already.
    }
    List<Row> rows = new ArrayList<>();
    try (JsonParser json = parser()) {
      json.nextToken();
      Located whole = value(json);
      if (json.nextToken() != null) {
        String place = at(json.currentTokenLocation().getLineNr(), "the end");
        complaints.add(place, "json.more", "has more after its end", "keep one JSON object");
      }
      collect(whole, list, rows, complaints);
    } catch (JacksonException e) {
      // Where a limit of the parser is passed, it does not say where.
      TokenStreamLocation where =
          e.getLocation() == null ? TokenStreamLocation.NA : e.getLocation();
      int line = Math.max(1, where.getLineNr());
      String place = at(line, "column " + Math.max(1, where.getColumnNr()));
      complaints.add(
          place, "json.malformed", "is not JSON: " + e.getOriginalMessage(), "repair it");
    }
    return rows;
  }

  /** A place in this file. */
  String at(int line, String what) {
    return name + ":" + line + ": " + what;
  }

  private void collect(Located whole, String list, List<Row> rows, Complaints complaints) {
    String shape = "write {\"" + list + "\": [{…}, {…}]}";
    if (!(whole instanceof Fields file) || !(file.values().get(list) instanceof Items items)) {
      complaints.add(at(whole.line(), list), "json.shape", "is not there, or is no list", shape);
      return;
    }
    for (Map.Entry<String, Located> other : file.values().entrySet()) {
      if (!other.getKey().equals(list)) {
        String place = at(other.getValue().line(), other.getKey());
        complaints.add(place, "json.unknown", "is not known here", "remove it");
      }
    }
    int count = items.values().size();
    if (count == 0 || count > MAX_ROWS) {
      String place = at(items.line(), list);
      complaints.add(place, "json.count", "has " + count + " entries", "give 1 to " + MAX_ROWS);
      return;
    }
    for (int i = 0; i < count; i++) {
      Located item = items.values().get(i);
      String place = list + "[" + i + "]";
      if (item instanceof Fields fields) {
        rows.add(new Row(this, place, fields, complaints));
      } else {
        complaints.add(at(item.line(), place), "json.shape", "is not an object", shape);
      }
    }
  }

  private JsonParser parser() {
    return JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .build()
        .createParser(ObjectReadContext.empty(), bytes);
  }

  private static Located value(JsonParser json) {
    int line = json.currentTokenLocation().getLineNr();
    JsonToken token = json.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, Located> values = new LinkedHashMap<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        values.put(name, value(json));
      }
      return new Fields(line, values);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Located> values = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        values.add(value(json));
      }
      return new Items(line, values);
    }
    return token == JsonToken.VALUE_STRING
        ? new Located.Text(line, json.getString())
        : new Located.Other(line);
  }
}
