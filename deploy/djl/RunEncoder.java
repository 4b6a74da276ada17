import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Runs an exported encoder as ml-commons does: inputs by name, one text at a time. Arguments: DJL's engine, the file. A line of
 * token ids on standard input becomes a line of `id:weight` for the weights that are not 0.
 */
class RunEncoder {
    public static void main(String[] arguments) throws Exception {
        var criteria = Criteria.builder().setTypes(NDList.class, NDList.class).optEngine(arguments[0])
                .optModelPath(Path.of(arguments[1])).optTranslator(new NoopTranslator()).build();
        try (ZooModel<NDList, NDList> model = criteria.loadModel();
                Predictor<NDList, NDList> predictor = model.newPredictor();
                var lines = new BufferedReader(new InputStreamReader(System.in))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long[] ids = Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
                try (NDManager manager = model.getNDManager().newSubManager()) {
                    NDArray tokens = manager.create(ids, new Shape(1, ids.length));
                    tokens.setName("input1.input_ids");
                    NDArray mask = manager.ones(new Shape(1, ids.length), DataType.INT64);
                    mask.setName("input1.attention_mask");
                    float[] weights = predictor.predict(new NDList(tokens, mask)).singletonOrThrow().toFloatArray();
                    System.out.println(IntStream.range(0, weights.length).filter(i -> weights[i] != 0)
                            .mapToObj(i -> i + ":" + weights[i]).collect(Collectors.joining(" ")));
                }
            }
        }
    }
}
