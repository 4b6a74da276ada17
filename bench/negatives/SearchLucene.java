import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.MMapDirectory;

/**
 * Searches the passages with Lucene, one thread, one segment on disk; protocol: search-naru.ts. No query cache, and hits are not
 * counted beyond k, so that it skips as much as it can.
 *
 * java -cp LUCENE SearchLucene.java PASSAGES QUERIES K FOLDER
 */
public class SearchLucene {
  public static void main(String[] args) throws Exception {
    List<String> queries = Files.readAllLines(Path.of(args[1]), StandardCharsets.UTF_8);
    int k = Integer.parseInt(args[2]);
    double start = cpuSeconds();
    MMapDirectory directory = new MMapDirectory(Path.of(args[3]));
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(new WhitespaceAnalyzer()));
        BufferedReader passages = Files.newBufferedReader(Path.of(args[0]), StandardCharsets.UTF_8)) {
      FieldType type = new FieldType();
      type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
      type.freeze();
      for (String line = passages.readLine(); line != null; line = passages.readLine()) {
        Document document = new Document();
        document.add(new Field("text", line, type));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
    searcher.setQueryCache(null);
    System.out.println("{\"buildCpuSeconds\":" + (cpuSeconds() - start) + ",\"peakMegabytes\":" + peakMegabytes() + "}");
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    while (lines.readLine() != null) {
      long wall = System.nanoTime();
      double cpu = cpuSeconds();
      List<ScoreDoc[]> found = new ArrayList<>();
      for (String query : queries) {
        found.add(searcher.search(parse(query), new TopScoreDocCollectorManager(k, null, k)).scoreDocs);
      }
      double seconds = (System.nanoTime() - wall) / 1e9;
      double cpuSeconds = cpuSeconds() - cpu;
      System.out.println("{\"seconds\":" + seconds + ",\"cpuSeconds\":" + cpuSeconds + ",\"peakMegabytes\":" + peakMegabytes()
          + ",\"hits\":" + json(found.subList(0, Math.min(50, found.size()))) + "}");
    }
  }

  private static Query parse(String line) {
    Map<String, Integer> weights = new TreeMap<>();
    for (String token : line.split(" ")) weights.merge(token, 1, Integer::sum);
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    weights.forEach((token, weight) -> {
      Query term = new TermQuery(new Term("text", token));
      query.add(weight == 1 ? term : new BoostQuery(term, weight), BooleanClause.Occur.SHOULD);
    });
    return query.build();
  }

  private static String json(List<ScoreDoc[]> found) {
    List<String> lists = new ArrayList<>();
    for (ScoreDoc[] hits : found) {
      List<String> pairs = new ArrayList<>();
      for (ScoreDoc hit : hits) pairs.add("[" + hit.doc + "," + hit.score + "]");
      lists.add("[" + String.join(",", pairs) + "]");
    }
    return "[" + String.join(",", lists) + "]";
  }

  /** Of all threads: the collector of garbage and the compiler as well. */
  private static double cpuSeconds() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
  }

  private static double peakMegabytes() throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) return Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024 / 1e6;
    }
    return Double.NaN;
  }
}
