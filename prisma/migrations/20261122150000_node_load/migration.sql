-- CreateTable
CREATE TABLE "node_load" (
    "kind" TEXT NOT NULL,
    "node" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "heard_at" TIMESTAMPTZ(3) NOT NULL,
    "load" JSONB NOT NULL,

    CONSTRAINT "node_load_pkey" PRIMARY KEY ("kind","node","at")
);
