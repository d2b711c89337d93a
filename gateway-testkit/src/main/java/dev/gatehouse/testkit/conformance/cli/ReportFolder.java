package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where reports go. */
final class ReportFolder {
  private final Path folder;

  private ReportFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The folder, made if it is not there. Called before anything runs, as after that it would be a
   * pity.
   *
   * @throws InvalidInputException if nothing can be written there
   */
  static ReportFolder prepare(Path folder) {
    try {
      Files.createDirectories(folder);
      if (!Files.isWritable(folder)) {
        throw unwritable(folder);
      }
      return new ReportFolder(folder);
    } catch (IOException e) {
      throw unwritable(folder);
    }
  }

  /** Takes away what an earlier run has left, so that nobody takes it for this one's. */
  void clear() {
    try {
      for (String file : List.of("report.html", "report.xml", "report.json")) {
        Files.deleteIfExists(folder.resolve(file));
      }
    } catch (IOException e) {
      throw unwritable(folder);
    }
  }

  void write(String file, String text) {
    try {
      Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw unwritable(folder);
    }
  }

  Path file(String name) {
    return folder.resolve(name).toAbsolutePath().normalize();
  }

  private static InvalidInputException unwritable(Path folder) {
    return new InvalidInputException(
        new Problem(
            "--report",
            "report.unwritable",
            "nothing can be written to the folder " + folder,
            "name a folder that is yours, or one that can be made"));
  }
}
