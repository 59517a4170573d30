"""What others ask and decide about actions: interim controls, requirements, responses, extensions, escalations."""
