import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.ko.KoreanTokenizer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.synonym.SolrSynonymParser;
import org.apache.lucene.analysis.synonym.SynonymGraphFilter;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.util.graph.GraphTokenStreamFiniteStrings;

/**
 * Reads a synonym file as OpenSearch's synonym_graph filter does, with Lucene's own parser, and answers for each line of
 * standard input all the ways in which the analyser then reads it, one JSON array a line.
 *
 * java -cp LUCENE SynonymFile.java FILE whitespace|standard|nori-none|nori-discard|nori-mixed
 */
public class SynonymFile {
  public static void main(String[] args) throws Exception {
    Analyzer plain = analyzer(args[1], null);
    SolrSynonymParser parser = new SolrSynonymParser(true, true, plain);
    try (Reader file = Files.newBufferedReader(Path.of(args[0]), StandardCharsets.UTF_8)) {
      parser.parse(file);
    }
    Analyzer analyzer = analyzer(args[1], parser.build());
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) out.println(json(readings(analyzer, line)));
  }

  static Analyzer analyzer(String kind, SynonymMap synonyms) {
    return new Analyzer() {
      @Override
      protected TokenStreamComponents createComponents(String field) {
        Tokenizer tokenizer = tokenizer(kind);
        TokenStream tokens = new LowerCaseFilter(tokenizer);
        return new TokenStreamComponents(tokenizer, synonyms == null ? tokens : new SynonymGraphFilter(tokens, synonyms, false));
      }
    };
  }

  static Tokenizer tokenizer(String kind) {
    switch (kind) {
      case "whitespace": return new WhitespaceTokenizer();
      case "standard": return new StandardTokenizer();
      default:
        KoreanTokenizer.DecompoundMode mode =
            KoreanTokenizer.DecompoundMode.valueOf(kind.substring("nori-".length()).toUpperCase());
        return new KoreanTokenizer(KoreanTokenizer.DEFAULT_TOKEN_ATTRIBUTE_FACTORY, null, mode, false);
    }
  }

  static Set<String> readings(Analyzer analyzer, String text) throws Exception {
    Set<String> readings = new TreeSet<>();
    try (TokenStream tokens = analyzer.tokenStream("f", text)) {
      Iterator<TokenStream> ways = new GraphTokenStreamFiniteStrings(tokens).getFiniteStrings();
      while (ways.hasNext()) readings.add(joined(ways.next()));
    }
    return readings;
  }

  static String joined(TokenStream way) throws Exception {
    StringBuilder text = new StringBuilder();
    CharTermAttribute term = way.getAttribute(CharTermAttribute.class);
    way.reset();
    while (way.incrementToken()) text.append(text.length() == 0 ? "" : " ").append(term);
    return text.toString();
  }

  static String json(Set<String> readings) {
    StringBuilder text = new StringBuilder("[");
    for (String reading : readings) {
      text.append(text.length() == 1 ? "" : ",").append('"');
      text.append(reading.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
    return text.append(']').toString();
  }
}
