"""What a name looks like, and the names that are known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

# A word of a name has a capital, and a capital or a digit beside its first letter: "GPT", "VQAv2", "CrumbNet".
# What follows a slash, a dot or an at sign is part of an address. Lengths are bounded so that no text takes long.
WORD = (
    r"(?<![\w/.@-])(?=[A-Za-z0-9][\w-]{0,30}[A-Z0-9²³])(?=[\w-]{0,30}[A-Z])"
    r"[A-Za-z0-9][\w+-]{1,40}(?:\.(?:\d[\w-]{0,10}|[A-Z]{2,3}(?!\w))){0,3}"
)
TITLED = r"[A-Z][a-z]{1,30}(?:-[A-Z]?[a-z]{1,30}){0,4}"

# Short forms of fields, tasks and ways to train: no paper's own, and no model or benchmark.
COMMON = frozenset(
    "AI ML NLP NLU NLG NMT MT LM LLM LLMs LMs SLM SLMs PLM PLMs VLM VLMs LVLM LVLMs MLLM MLLMs LMM LMMs GAN GANs"
    " VAE CNN "
    "CNNs RNN RNNs GNN LSTM LSTMs MLP DNN NeRF NeRFs INR ICL CoT ToT RAG RL RLHF RLAIF SFT DPO PPO GRPO SGD MLE"
    " MSE MCMC "
    "MCTS MDP MDPs POMDP KL QA VQA NLI NER SRL STS IR IE OOD ID IID SOTA SoTA API APIs GPU GPUs TPU CPU FLOPs 2D"
    " 3D 4D "
    "RGB RGB-D HPE CL CIL FSL ZSL CZSL MTL PEFT LoRA PCA SVM MoE T2I T2V AR VR US UK EU AGI In-Context Few-Shot"
    " Zero-Shot "
    "Text-to-Image Pre-Trained Chain-of-Thought Vision-Language Real-World State-of-the-Art ReLU SAE SAEs PRM"
    " PRMs ORM "
    "Med-VQA MedVQA NL2SQL Text-to-SQL V&L VL LLM-based ASR TTS OCR KG KGs KB KBs BO BLEU ROUGE AUC F1 IQ EQ PDE"
    " ODE".split()
)

# Names of fields and of ways to train that are written in capitals: no paper's own either.
FIELDS = frozenset(
    ("Natural Language Processing", "Machine Learning", "Deep Learning", "Reinforcement Learning", "Computer Vision",
     "Artificial Intelligence", "Information Retrieval", "Knowledge Graph", "Large Language", "Mixture of Experts",
     "Supervised Fine-Tuning", "Retrieval-Augmented Generation", "Monte Carlo Tree Search", "Instruction Tuning",
     "Direct Preference Optimization", "Knowledge Distillation", "Prompt Tuning", "Prompt Engineering",
     *(f"{way} Learning" for way in "Multi-Task Multi-task Transfer Active Few-Shot Few-shot Zero-Shot Contrastive "
       "Federated In-Context Continual Curriculum Representation Imitation Meta Supervised Self-Supervised".split()))
)  # fmt: skip

# Only a text that speaks of learning machines is searched for the names of them.
LEARNING = re.compile(
    r"\b(?:language models?|LLMs?|neural|pre-?train|transformers?\b|fine-?tun|deep learning|machine learning"
    r"|(?:vision|image)-language|multimodal|diffusion models?|text-to-image|in-context|reinforcement learning"
    r"|embeddings?\b|classifiers?\b|reward models?|Transformers?\b|(?:few|zero)-shot|VLMs?|MLLMs?|prompt)",
    re.IGNORECASE,
)


@cache
def known_names(kind: str) -> frozenset[str]:
    """Return the names of `names.txt` below the heading `kind`: "models", "benchmarks" or "classics"."""
    found: set[str] = set()
    heading = ""
    for line in Path(__file__).with_name("names.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[] ")
        elif heading == kind and not line.startswith("#"):
            found |= {name.strip() for name in line.split("|")} - {""}
    return frozenset(found)


def is_classic(name: str) -> bool:
    """Return whether a name, or its singular, is that of a method, tool or resource that everybody knows."""
    return name.removesuffix("s") in known_names("classics") or name in known_names("classics")


@cache
def phrase_pattern(kind: str) -> re.Pattern[str]:
    """Return a pattern of the known names that consist of several words."""
    phrases = sorted((name for name in known_names(kind) if " " in name), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, phrases))})(?: (?:v\d(?:\.\d)?|XL|\d(?:\.\d)?))?(?!\w)")


def first_of_each(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names without those that were there before, in whatever case."""
    return tuple({name.casefold(): name for name in reversed(list(names))}.values())[::-1]
