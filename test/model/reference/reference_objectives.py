"""Each objective alone: its value, and its gradient towards every input."""

import torch
import torch.nn.functional as F
from figures import tensor, write
from reference_losses import EXCLUDED, LOSSES, align, align_in_proportion, mean_of_present


def objectives():
    n, v, negatives = 4, 12, 2
    width = 1 + negatives

    def sparse(rows):
        return (torch.randn(rows, v) - 0.3).relu().requires_grad_()

    present = torch.tensor([1.0, 1.0, 0.0, 1.0])
    exclusion = torch.zeros(n, n * width)
    exclusion[0, 3] = exclusion[:, 2] = EXCLUDED
    pair_exclusion = exclusion[:, :n].contiguous()
    teacher = torch.randn(n, width) * 3
    scored = torch.tensor([[1.0, 1, 1], [1, 0, 1], [0, 0, 0], [1, 0, 0]])
    idf = torch.rand(v) * 5
    costs = 1 + 1.5 * (1 - idf / idf.max())
    temperature = 2.0
    cases = {}

    def case(name, inputs, compute):
        loss = compute(*inputs)
        gradients = torch.autograd.grad(loss, inputs)
        cases[name] = {
            "inputs": [tensor(i.detach()) for i in inputs],
            "loss": loss.item(),
            "gradients": [tensor(g) for g in gradients],
        }

    def nce(a, b, excluded):
        scores = a @ b.T / LOSSES["temperature"] + excluded
        return mean_of_present(F.cross_entropy(scores, torch.arange(n), reduction="none"), present)

    def penalty(x, target=0, price=1.0):
        paying = present * ((x > 0).sum(1) > target)
        return ((price * (x * paying[:, None]).sum(0) / present.sum()) ** 2).sum()

    def own(queries, documents):
        return torch.einsum("nv,nkv->nk", queries, documents.view(width, n, v).transpose(0, 1))

    def margin_mse(queries, documents):
        scores = own(queries, documents)
        error = ((scores[:, :1] - scores[:, 1:]) - (teacher[:, :1] - teacher[:, 1:])) ** 2
        counted = scored[:, :1] * scored[:, 1:]
        return (error * counted).sum() / counted.sum()

    def kl(queries, documents):
        scores = own(queries, documents)
        total, rows = 0.0, 0
        for row in range(n):
            there = scored[row].bool()
            if there.sum() < 2:
                continue
            student = F.log_softmax(scores[row, there] / temperature, -1)
            wanted = F.log_softmax(teacher[row, there] / temperature, -1)
            total = total + F.kl_div(student, wanted, log_target=True, reduction="sum") * temperature**2
            rows += 1
        return total / rows

    case("ranking", [sparse(n), sparse(n * width)], lambda q, d: nce(q, d, exclusion))
    case(
        "contrast",
        [sparse(n), sparse(n)],
        lambda a, b: (nce(a, b, pair_exclusion) + nce(b, a, pair_exclusion.T)) / 2,
    )
    case("alignment", [sparse(n), sparse(n)], lambda a, b: align(a, b, present))
    case("flops", [sparse(n)], penalty)
    case("flops over 5 active terms", [sparse(n)], lambda x: penalty(x, target=5))
    case("flops with costs", [sparse(n)], lambda x: penalty(x, price=costs))
    case("marginMse", [sparse(n), sparse(n * width)], margin_mse)
    case("klDivergence", [sparse(n), sparse(n * width)], kl)
    case("proportionalAlignment", [sparse(n), sparse(n)], lambda a, b: align_in_proportion(a, b, present))
    write(
        "objectives.json",
        {
            "present": tensor(present),
            "exclusion": tensor(exclusion),
            "pairExclusion": tensor(pair_exclusion),
            "teacher": tensor(teacher),
            "scored": tensor(scored),
            "idf": tensor(idf),
            "costStrength": 1.5,
            "temperature": LOSSES["temperature"],
            "distillationTemperature": temperature,
            "cases": cases,
        },
    )
